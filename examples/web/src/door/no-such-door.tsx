import { Link } from 'react-router';

import { buttonClass, Empty } from '../design/components';

/** Said where the address is none of an event. */
export function NoSuchDoor() {
  return (
    <>
      <title>No such event · EventOS</title>
      <h1 className="visually-hidden">No such event</h1>
      <Empty title="There is no such event" action={<Link className={buttonClass('quiet')} to="/">To the events</Link>}>
        The link may be old, or was not copied as a whole.
      </Empty>
    </>
  );
}
