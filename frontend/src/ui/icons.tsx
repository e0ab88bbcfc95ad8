/** The few signs of the pages without antd; 24 × 24 outlines, always next to a word. */
const paths = {
  home: 'M4 11 12 4l8 7v9h-5v-6H9v6H4z',
  list: 'M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01',
  send: 'M4 12 20 4l-4 16-4-7z',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-8 8c1-4 4-6 8-6s7 2 8 6',
  camera: 'M4 8h4l2-3h4l2 3h4v11H4zm8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z',
  check: 'm5 13 4 4L19 7',
  cross: 'M6 6l12 12M18 6 6 18',
  back: 'M15 5l-7 7 7 7',
  lock: 'M6 11h12v9H6zm2 0V8a4 4 0 0 1 8 0v3',
  cloud: 'M7 18a4 4 0 0 1 0-8 5 5 0 0 1 9.6-1A4.5 4.5 0 0 1 17 18zM4 4l16 16',
  warning: 'M12 4 2.5 20h19zM12 10v4m0 3h.01',
  empty: 'M4 13 7 5h10l3 8v6H4zm0 0h5l1 3h4l1-3h5',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14Zm5-2 5 5',
  phone: 'M8 3h8v18H8zm3 15h2',
  heart: 'M12 20S4 15 4 9a4 4 0 0 1 8-1 4 4 0 0 1 8 1c0 6-8 11-8 11Z',
  bell: 'M6 17h12l-1.5-2.5V11a4.5 4.5 0 0 0-9 0v3.5zM10 20h4',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0-14v5l3 2',
} as const;
export type IconName = keyof typeof paths;

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  );
}
