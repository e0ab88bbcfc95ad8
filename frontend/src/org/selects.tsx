import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { api, ok } from '@/api/client';
import { t } from '@/locales/org';
import { type PostCode, usePostOptions, usePostTitle } from './lookups';

interface SelectProps<V> {
  id?: string;
  value?: V | null;
  onChange?: (value: V | null) => void;
  autoFocus?: boolean;
  disabled?: boolean;
}

/** A post that people can hold. */
export function PostSelect(props: SelectProps<PostCode> & { all?: boolean }) {
  const { all, onChange, ...rest } = props;
  const options = usePostOptions(all);
  return (
    <Select
      {...rest}
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={t('choose.post')}
      onChange={(value) => onChange?.(value ?? null)}
      options={options}
    />
  );
}

interface PersonSelectProps extends SelectProps<string> {
  /** The person already chosen, so that their name shows before any search. */
  known?: { id: string; name: string } | undefined;
  /** Only holders of this post. */
  post?: PostCode | undefined;
}

/** A person of the company, found by name, pinyin or number. */
export function PersonSelect({ known, post, onChange, ...rest }: PersonSelectProps) {
  const [text, setText] = useState('');
  const q = useDeferredValue(text.trim());
  const title = usePostTitle();
  const people = useQuery({
    queryKey: ['org', 'people', q, post ?? ''],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/v1/employees', {
          params: { query: { limit: 30, ...(q ? { q } : {}), ...(post ? { post } : {}) } },
          signal,
        }),
      ),
    placeholderData: (before) => before,
    meta: { kinds: ['employee', 'assignment'] },
  });
  const found = (people.data?.items ?? [])
    .filter((one) => one.status !== 'left')
    .map((one) => ({
      value: one.id,
      label: one.name,
      detail: [one.no, ...one.posts.map((held) => title(held.post))].join(' · '),
    }));
  const options =
    known && !found.some((one) => one.value === known.id)
      ? [{ value: known.id, label: known.name, detail: '' }, ...found]
      : found;
  return (
    <Select
      {...rest}
      showSearch={{ filterOption: false, onSearch: setText, searchValue: text }}
      loading={people.isFetching}
      placeholder={t('choose.person')}
      notFoundContent={people.isFetching ? null : t('choose.nobody')}
      onChange={(value) => {
        setText('');
        onChange?.(value ?? null);
      }}
      options={options}
      optionRender={({ data }) => (
        <>
          {data.label} <span className="muted">{data.detail}</span>
        </>
      )}
    />
  );
}
