import { AppstoreOutlined, CloseOutlined } from '@ant-design/icons';
import { Button, Input, Popover } from 'antd';
import { useState } from 'react';
import { t } from '@/locales/ui';
import type { useListState } from './useListState';

interface ViewsProps {
  state: ReturnType<typeof useListState>;
  filtered: boolean;
}

/** The person's own named sets of conditions. */
export function Views({ state, filtered }: ViewsProps) {
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      content={
        <div className="chip-options" style={{ minWidth: 200 }}>
          <button
            type="button"
            onClick={() => {
              state.replace({});
              setOpen(false);
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
                  setOpen(false);
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
                setOpen(false);
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
      }
    >
      <Button type="text" icon={<AppstoreOutlined />} aria-label={t('list.views')}>
        {state.currentView ?? t('list.views')}
      </Button>
    </Popover>
  );
}
