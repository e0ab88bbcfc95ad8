import { Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import { t } from '@/locales/access';
import { t as p } from '@/locales/permission';
import './account.css';

interface PermissionPickerProps {
  held: readonly string[];
  value?: readonly string[];
  onChange?: (value: string[]) => void;
  id?: string;
}

/** The part before the dot, gathered as the company speaks of it. */
const GROUPS: Record<string, readonly string[]> = {
  self: ['self'],
  system: ['trail', 'audit', 'setting', 'calendar', 'file'],
  org: ['org', 'employee', 'acting', 'roster', 'task'],
  accounts: ['account', 'service', 'computer', 'data_check'],
  estate: ['estate', 'party', 'archive', 'import'],
  service_desk: ['case', 'dispute', 'repair', 'order', 'category', 'visit', 'assistance', 'report'],
  goals: ['goal'],
  manual: ['manual', 'duty'],
};

const groupOf = (code: string) => {
  const head = code.split('.')[0] ?? '';
  return Object.keys(GROUPS).find((group) => GROUPS[group]?.includes(head)) ?? 'system';
};

/** What a permission is called; its code only when a newer server knows one more. */
export const permissionWords = (code: string) => (p.has(code) ? p(code) : code);

/** Rights to choose from, by field of work, found by typing. */
export function PermissionPicker({ held, value = [], onChange, id }: PermissionPickerProps) {
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const shown = held.filter((code) => permissionWords(code).toLowerCase().includes(wanted));
  const put = (codes: string[], on: boolean) => {
    const rest = value.filter((code) => !codes.includes(code));
    onChange?.(on ? [...rest, ...codes] : rest);
  };
  return (
    <div id={id} className="picker">
      <Input
        allowClear
        placeholder={t('picker.search')}
        aria-label={t('picker.search')}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onPressEnter={(event) => event.preventDefault()}
      />
      <div className="picker-groups">
        {shown.length === 0 && <p className="muted picker-none">{t('picker.none')}</p>}
        {Object.keys(GROUPS).map((group) => {
          const codes = shown.filter((code) => groupOf(code) === group);
          if (codes.length === 0) return null;
          const all = codes.every((code) => value.includes(code));
          return (
            <fieldset key={group}>
              <legend>
                {p.code('group', group)}
                <Button type="link" size="small" onClick={() => put(codes, !all)}>
                  {t('picker.all')}
                </Button>
              </legend>
              {codes.map((code) => (
                <Checkbox
                  key={code}
                  checked={value.includes(code)}
                  onChange={(event) => put([code], event.target.checked)}
                >
                  {permissionWords(code)}
                </Checkbox>
              ))}
            </fieldset>
          );
        })}
      </div>
      <p className="muted">{t('picker.chosen', { n: value.length })}</p>
    </div>
  );
}
