import { catalog } from './catalog';
import en from './en/service_desk';
import zh from './zh-CN/service_desk';

export const t = catalog(zh, en);
