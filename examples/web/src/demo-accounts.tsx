import { Button } from './design/components';

const PASSWORD = 'eventos-local-only';
const IS_LOCAL = ['localhost', '127.0.0.1'].includes(window.location.hostname);

/** The accounts of the example data, which are there on a local server alone. */
export function DemoAccounts({ onChoose }: { onChoose: (account: { email: string; password: string }) => void }) {
  if (!IS_LOCAL) return null;
  return (
    <div className="demo-accounts stack-tight">
      <p className="small muted">This server is a local one: its example accounts are open to you.</p>
      <div className="row">
        <Button kind="quiet" onClick={() => onChoose({ email: 'customer@example.com', password: PASSWORD })}>Try as the customer</Button>
        <Button kind="quiet" onClick={() => onChoose({ email: 'organizer@eventos.com', password: PASSWORD })}>Try as the organizer</Button>
      </div>
    </div>
  );
}
