import type { IconDefinition } from '@ant-design/icons-svg/lib/types';

/**
 * The sign of a screen, beside its name. Drawn from antd's definition without antd's component: a menu has fifty of them, and each of
 * those looks after its own styles.
 */
export function Sign({ of }: { of: IconDefinition | undefined }) {
  if (!of || typeof of.icon === 'function') return null;
  const { attrs, children } = of.icon;
  return (
    <svg
      {...attrs}
      className="sign"
      width="1em"
      height="1em"
      fill="currentColor"
      aria-hidden="true"
    >
      {children?.map((path) => (
        <path key={path.attrs.d} {...path.attrs} />
      ))}
    </svg>
  );
}
