import './native.css';

/** A choice of few, by the browser's own control: light, and quick by keyboard. */
export function Native<V extends string>(props: {
  label: string;
  options: readonly { value: V; label: string }[];
  value: V | '' | null | undefined;
  onChange?: (value: V) => void;
  id?: string;
  blank?: string;
}) {
  return (
    <select
      id={props.id}
      className="native"
      aria-label={props.label}
      value={props.value ?? ''}
      onChange={(event) => props.onChange?.(event.target.value as V)}
    >
      {props.blank !== undefined && <option value="">{props.blank}</option>}
      {props.options.map((one) => (
        <option key={one.value} value={one.value}>
          {one.label}
        </option>
      ))}
    </select>
  );
}
