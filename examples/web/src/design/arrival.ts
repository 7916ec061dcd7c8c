import { useEffect, useRef, type RefObject } from 'react';
import { useLocation, useNavigationType } from 'react-router';

/** The content of a page: whoever comes to it by a link sees it from its top, and a screen reader goes on in it. */
export function useArrival(): RefObject<HTMLElement | null> {
  const content = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const navigation = useNavigationType();

  useEffect(() => {
    // The browser itself finds the place again where somebody goes back.
    if (navigation === 'POP') return;
    window.scrollTo({ top: 0, behavior: 'instant' });
    content.current?.focus({ preventScroll: true });
  }, [pathname]);

  return content;
}
