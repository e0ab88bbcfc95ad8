import { catalog } from './catalog';
import en from './en/staff';
import zh from './zh-CN/staff';

export const t = catalog(zh, en);
