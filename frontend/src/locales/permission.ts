import { catalog } from './catalog';
import en from './en/permission';
import zh from './zh-CN/permission';

export const t = catalog(zh, en);
