import type { useEvent } from '@eventos/wasm/react';

/** An event as its own screen shows it. */
export type ShownEvent = NonNullable<ReturnType<typeof useEvent>['data']>;
