import { catalog } from './catalog';
import en from './en/shifts';
import zh from './zh-CN/shifts';

export const t = catalog(zh, en);
