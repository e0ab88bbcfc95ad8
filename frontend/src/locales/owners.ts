import { catalog } from './catalog';
import en from './en/owners';
import zh from './zh-CN/owners';

export const t = catalog(zh, en);
