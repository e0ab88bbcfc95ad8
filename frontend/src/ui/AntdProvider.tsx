import { ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { type ReactNode, useMemo } from 'react';
import { lang } from '@/locales/lang';
import { buttons, look } from './look';
import { useStore } from './store';
import { darkStore, isCalm } from './theme';

/** antd with the product's tokens, the person's language and light or dark. */
export function AntdProvider({ children }: { children: ReactNode }) {
  const dark = useStore(darkStore);
  const english = lang() === 'en';
  dayjs.locale(english ? 'en' : 'zh-cn');
  const theme = useMemo(() => look(dark, isCalm()), [dark]);
  return (
    <ConfigProvider locale={english ? enUS : zhCN} theme={theme} button={buttons}>
      {children}
    </ConfigProvider>
  );
}
