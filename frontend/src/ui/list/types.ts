import type { ComponentType, ReactNode } from 'react';

/** What a list asks the server for; filters stand beside `q` under their own names. */
export type ListQuery = {
  q?: string;
  sort?: string;
  limit: number;
  cursor?: string;
  count?: boolean;
} & Record<string, string | number | boolean | undefined>;

/** A page of a list as the API gives it. */
export interface Page<Item> {
  items: Item[];
  next_cursor?: string | null;
  total?: number | null;
}

/** A short register: the server gives it whole, so that its rows are all there are. */
export const whole = <Item>(page: Page<Item>): Page<Item> => ({
  ...page,
  total: page.items.length,
});

export interface ListColumn<Item> {
  key: string;
  title: string;
  render: (item: Item) => ReactNode;
  width?: number;
  /** Long text: runs on in several lines; others stay on one and are cut with an ellipsis. */
  wrap?: boolean;
  /** Figures stand right and tabular. */
  align?: 'right';
  /** The name the server sorts by. */
  sort?: string;
  /** Not shown until chosen. */
  hidden?: boolean;
  /** Where it stands on a card (phone width); `none` leaves it out. Default: `line`. */
  card?: 'title' | 'side' | 'line' | 'none';
}

export type ListFilter =
  | {
      key: string;
      label: string;
      kind: 'choice';
      options: readonly { value: string; label: string }[];
      /** Several at once, sent as `a,b`. */
      multiple?: boolean;
    }
  /** A range of days, sent as the instants `from` and `until` by these names. */
  | { key: string; label: string; kind: 'dates'; from: string; until: string }
  /** One day. */
  | { key: string; label: string; kind: 'date' }
  /** A record found while one types; its id is sent. `Name` says which one it is. */
  | {
      key: string;
      label: string;
      kind: 'record';
      Field: ComponentType<{
        label: string;
        autoFocus: boolean;
        onChange: (id: string | null) => void;
      }>;
      Name: ComponentType<{ id: string }>;
    }
  /** On or not given; sent as `true`. */
  | { key: string; label: string; kind: 'flag' }
  | { key: string; label: string; kind: 'text' };

export interface BulkAction {
  key: string;
  label: string;
  danger?: boolean;
  /** Does it to the chosen ones; those that it answers with could not be done, and stay chosen. */
  run: (ids: string[]) => Promise<string[]>;
}
