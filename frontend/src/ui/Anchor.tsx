import { useRouter } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, MouseEvent } from 'react';

/**
 * A link by plain address (`/cases/…?tab=…`), for addresses that are data: chain links, search
 * results, cards. Where the route is known in the code, use the router's typed `Link`.
 */
export function Anchor(props: AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }) {
  const router = useRouter();
  const { onClick, children, ...rest } = props;
  function follow(event: MouseEvent<HTMLAnchorElement>) {
    onClick?.(event);
    const foreign = event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0;
    if (event.defaultPrevented || foreign || rest.target) return;
    event.preventDefault();
    router.history.push(props.href);
  }
  return (
    // biome-ignore lint/a11y: a real link with its address; the handler only spares the reload
    <a {...rest} onClick={follow}>
      {children}
    </a>
  );
}
