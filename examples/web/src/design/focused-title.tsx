import { useEffect, useRef, type ReactNode } from 'react';

interface FocusedTitleProps {
  as?: 'h1' | 'h2';
  className?: string;
  children: ReactNode;
}

/** The title of what takes the place of another screen at the same address: it is brought into view, and read. */
export function FocusedTitle({ as: Heading = 'h1', className = 'title', children }: FocusedTitleProps) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    window.scrollTo({ top: 0, behavior: 'instant' });
    title.current?.focus({ preventScroll: true });
  }, []);
  return <Heading ref={title} className={className} tabIndex={-1} style={{ outline: 'none' }}>{children}</Heading>;
}
