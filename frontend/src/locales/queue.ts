import { catalog } from './catalog';
import en from './en/queue';
import zh from './zh-CN/queue';

export const t = catalog(zh, en);
