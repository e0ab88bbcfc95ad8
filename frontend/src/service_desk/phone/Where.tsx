import { useEffect, useState } from 'react';
import { useMe } from '@/access/session';
import { t } from '@/locales/staff';
import { HouseField } from '@/ui/form/Combo';
import { Choices, Field } from '@/ui/phone';

export interface Place {
  estate_id: string | null;
  house_id: string | null;
  /** What was typed without choosing a house: a shared place, or a house without network. */
  text: string;
}

/** The estate of the post held, when one works in one only. */
export function usePlace(): [Place, (place: Place) => void] {
  const { estates } = useMe();
  return useState<Place>({ estate_id: estates[0]?.id ?? null, house_id: null, text: '' });
}

interface WhereProps {
  label: string;
  place: Place;
  onChange: (place: Place) => void;
  error?: string | undefined;
}

/** One field for both: a house that is found while one types, or a place in plain words. */
export function Where({ label, place, onChange, error }: WhereProps) {
  const { estates } = useMe();
  const online = useOnline();
  return (
    <>
      {estates.length > 1 && (
        <Choices
          label={t('report.estate')}
          value={place.estate_id}
          options={estates.map((one) => ({ value: one.id, label: one.name }))}
          onChange={(estate_id) => onChange({ estate_id, house_id: null, text: place.text })}
        />
      )}
      <Field
        label={label}
        hint={t(online ? 'report.where_hint' : 'report.offline_house')}
        {...(error && { error })}
      >
        {(ids) => (
          <HouseField
            id={ids.id}
            estate={place.estate_id}
            value={place.house_id}
            onChange={(house_id) => onChange({ ...place, house_id })}
            onText={(text) => onChange({ ...place, house_id: null, text })}
          />
        )}
      </Field>
    </>
  );
}

function useOnline(): boolean {
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const follow = () => setOnline(navigator.onLine);
    window.addEventListener('online', follow);
    window.addEventListener('offline', follow);
    return () => {
      window.removeEventListener('online', follow);
      window.removeEventListener('offline', follow);
    };
  }, []);
  return online;
}
