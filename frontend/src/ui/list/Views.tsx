import { AppstoreOutlined, CloseOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { t } from '@/locales/ui';
import { PanelButton } from '../opening/PanelButton';
import type { useListState } from './useListState';

interface ViewsProps {
  state: ReturnType<typeof useListState>;
  filtered: boolean;
}

/** The person's own named sets of conditions. */
export function Views({ state, filtered }: ViewsProps) {
  const [name, setName] = useState('');
  return (
    <PanelButton
      side="right"
      button={(opener) => (
        <Button type="text" icon={<AppstoreOutlined />} aria-label={t('list.views')} {...opener}>
          {state.currentView ?? t('list.views')}
        </Button>
      )}
    >
      {(close) => (
        <div className="chip-options" style={{ minWidth: 200 }}>
          <button
            type="button"
            onClick={() => {
              state.replace({});
              close();
            }}
          >
            {t('list.views_all')}
          </button>
          {state.views.map((view) => (
            <span key={view.name} className="view-row">
              <button
                type="button"
                className={view.name === state.currentView ? 'on' : undefined}
                onClick={() => {
                  state.replace(view.search);
                  close();
                }}
              >
                {view.name}
              </button>
              <Button
                type="text"
                size="small"
                icon={<CloseOutlined />}
                aria-label={t('list.view_delete', { name: view.name })}
                onClick={() => state.deleteView(view.name)}
              />
            </span>
          ))}
          {filtered && !state.currentView && (
            <form
              className="view-save"
              onSubmit={(event) => {
                event.preventDefault();
                if (!name.trim()) return;
                state.saveView(name.trim());
                setName('');
                close();
              }}
            >
              <Input
                maxLength={30}
                placeholder={t('list.view_name')}
                aria-label={t('list.view_name')}
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
              <Button htmlType="submit">{t('list.view_save')}</Button>
            </form>
          )}
        </div>
      )}
    </PanelButton>
  );
}
