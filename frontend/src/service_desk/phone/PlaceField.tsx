import { useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { api, ok } from '@/api/client';
import { t } from '@/locales/pass_on';
import { BigButton, Field } from '@/ui/phone';

/** Where something is: a house that was found, or words. */
export interface Place {
  text: string;
  house?: { id: string; no: string } | undefined;
}

interface PlaceFieldProps {
  estate: string;
  place: Place;
  change: (place: Place) => void;
  error?: string | undefined;
}

/** Finds a house while one types; without network, or for a shared place, the words stay as they are. */
export function PlaceField({ estate, place, change, error }: PlaceFieldProps) {
  const q = useDeferredValue(place.text.trim());
  const found = useQuery({
    queryKey: ['m', 'houses', estate, q],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/v1/houses', {
          params: { query: { q, limit: 5, ...(estate && { estate_id: estate }) } },
          signal,
        }),
      ),
    enabled: q.length > 1 && !place.house,
    retry: false,
    staleTime: 60_000,
  });
  if (place.house) {
    return (
      <div className="m-field">
        <p>{t('chosen', { no: place.house.no })}</p>
        <BigButton onClick={() => change({ text: '' })}>{t('other')}</BigButton>
      </div>
    );
  }
  return (
    <>
      <Field label={t('place')} hint={t('place_hint')} {...(error && { error })}>
        {(ids) => (
          <input
            {...ids}
            className="input"
            maxLength={100}
            autoComplete="off"
            value={place.text}
            onChange={(event) => change({ text: event.target.value })}
          />
        )}
      </Field>
      {q.length > 1 && (found.data?.items.length ?? 0) > 0 && (
        <div className="m-choices m-field">
          {found.data?.items.map((house) => (
            <button
              key={house.id}
              type="button"
              className="m-chip"
              onClick={() => change({ text: house.no, house: { id: house.id, no: house.no } })}
            >
              {house.no}
            </button>
          ))}
        </div>
      )}
    </>
  );
}
