import { useEffect, useRef, type ReactNode } from 'react';

/** The title of what takes the place of another screen at the same address: it is brought into view, and read. */
export function FocusedTitle({ children }: { children: ReactNode }) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    window.scrollTo({ top: 0, behavior: 'instant' });
    title.current?.focus({ preventScroll: true });
  }, []);
  return <h1 ref={title} className="title" tabIndex={-1} style={{ outline: 'none' }}>{children}</h1>;
}
