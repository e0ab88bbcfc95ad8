import { useEffect } from 'react';
import { t } from '@/locales/service_desk';
import { useDwellers } from '@/ui/form/dwellers';

interface Contact {
  contact_name?: string | null;
  party_name?: string | null;
  house_id?: string | null;
}

/** Whom to ask for: who was named, else who lives there with their phones. */
export function ContactName({ of }: { of: Contact }) {
  const named = of.contact_name ?? of.party_name;
  const dwellers = useDwellers(named ? null : of.house_id);
  if (named) return <>{named}</>;
  if (dwellers.length === 0) return <>—</>;
  return (
    <>
      {dwellers.map(({ occupancy, party }) => (
        <div key={occupancy.id}>
          {party.name} <span className="muted">{t.code('role', occupancy.role)}</span>{' '}
          <span className="num">{party.phones[0]?.value}</span>
        </div>
      ))}
    </>
  );
}

interface DwellerChoiceProps {
  house: string | null;
  value: string | null;
  onChange: (party: string | null) => void;
}

/** Which of them is speaking: the only one is taken at once, another by a click. */
export function DwellerChoice({ house, value, onChange }: DwellerChoiceProps) {
  const dwellers = useDwellers(house);
  const only = dwellers.length === 1 ? dwellers[0]?.party.id : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: chosen once for each house
  useEffect(() => {
    if (only) onChange(only);
  }, [only]);
  if (!house || dwellers.length === 0) return null;
  return (
    <fieldset className="sd-dwellers">
      <legend>{t('intake.speaking')}</legend>
      {dwellers.map(({ occupancy, party }) => {
        const phone = party.phones[0];
        return (
          <button
            key={occupancy.id}
            type="button"
            aria-pressed={value === party.id}
            onClick={() => onChange(value === party.id ? null : party.id)}
          >
            <b>{party.name}</b> {t.code('role', occupancy.role)}
            {phone?.value && <span className="num"> {phone.value}</span>}
          </button>
        );
      })}
    </fieldset>
  );
}
