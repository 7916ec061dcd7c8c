import { Component, type ReactNode } from 'react';

import { Button, Notice } from './components';

/** Catches what breaks while a screen is drawn, so that the rest of the page stays. */
export class SafetyNet extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <Notice
        tone="problem"
        title="This page broke"
        action={<Button kind="quiet" onClick={() => window.location.reload()}>Load it again</Button>}
      >
        It may have been replaced by a newer one meanwhile. Nothing that was paid for is lost.
      </Notice>
    );
  }
}
