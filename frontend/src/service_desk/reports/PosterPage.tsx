import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { useCan } from '@/access/can';
import { send } from '@/api/send';
import { t } from '@/locales/service_desk';
import { Anchor } from '@/ui/Anchor';
import { Native } from '@/ui/form/Native';
import { PrintFrame } from '@/ui/print/PrintFrame';
import { ErrorView, Skeleton } from '@/ui/StateView';
import { useEstates } from '../words';

/** The sheet for the notice board: residents scan it and report without an account. */
export function PosterPage() {
  const router = useRouter();
  const can = useCan();
  const estates = useEstates();
  const [estate, setEstate] = useState(estates[0]?.value ?? '');
  const poster = useQuery({
    queryKey: ['service_desk', 'poster', estate],
    enabled: estate !== '',
    queryFn: async ({ signal }) => {
      const url = new URL(`/api/v1/estates/${estate}/poster`, location.origin);
      return (await send(new Request(url, { signal }))).text();
    },
  });
  const picture = useSvg(poster.data);
  const address = useMemo(() => addressOn(poster.data), [poster.data]);
  const name = estates.find((one) => one.value === estate)?.label ?? '';
  return (
    <PrintFrame
      title={`${t('poster.title')} ${name}`}
      onBack={() => router.history.back()}
      extra={
        <>
          {estates.length > 1 && (
            <Native label={t('estate')} options={estates} value={estate} onChange={setEstate} />
          )}
          {address && (
            <span>
              {t('poster.leads_to')} <a href={address}>{address}</a>
            </span>
          )}
          {can('estate.manage') && <Anchor href={`/estates#${estate}`}>{t('poster.renew')}</Anchor>}
        </>
      }
    >
      {poster.isPending && <Skeleton lines={8} />}
      {poster.isError && <ErrorView error={poster.error} retry={() => poster.refetch()} />}
      {picture && <img className="sd-poster" src={picture} alt={t('poster.alt', { name })} />}
    </PrintFrame>
  );
}

/** The address the code leads to, as the sheet shows it. */
function addressOn(svg: string | undefined): string | null {
  if (!svg) return null;
  const texts = new DOMParser().parseFromString(svg, 'image/svg+xml').querySelectorAll('text');
  const found = [...texts].map((one) => one.textContent ?? '').find((one) => /^https?:/.test(one));
  return found ?? null;
}

function useSvg(svg: string | undefined): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (!svg) return setUrl(undefined);
    const made = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [svg]);
  return url;
}
