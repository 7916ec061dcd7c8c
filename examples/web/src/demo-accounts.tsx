import { Button } from './design/components';

const PASSWORD = 'eventos-local-only';

/** The accounts of the example data, on a server that has them. */
export function DemoAccounts({ onChoose }: { onChoose: (account: { email: string; password: string }) => void }) {
  if (import.meta.env.EVENTOS_DEMO_ACCOUNTS !== '1') return null;
  return (
    <div className="demo-accounts stack-tight">
      <p className="small muted">This server has example accounts, which are open to you.</p>
      <div className="row">
        <Button kind="quiet" onClick={() => onChoose({ email: 'customer@example.com', password: PASSWORD })}>Try as the customer</Button>
        <Button kind="quiet" onClick={() => onChoose({ email: 'organizer@eventos.com', password: PASSWORD })}>Try as the organizer</Button>
      </div>
    </div>
  );
}
