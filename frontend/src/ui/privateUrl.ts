import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { send } from '@/api/send';

/** An address for a file that only the signed-in may see: `<img>` cannot send the token. */
export function usePrivateUrl(path: string | null): string | undefined {
  const { data } = useQuery({
    queryKey: ['file', path],
    enabled: path !== null,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const request = new Request(new URL(path ?? '', location.origin), { signal });
      return (await send(request)).blob();
    },
  });
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (!data) return;
    const made = URL.createObjectURL(data);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [data]);
  return url;
}
