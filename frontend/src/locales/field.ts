import { catalog } from './catalog';
import en from './en/field';
import zh from './zh-CN/field';

export const t = catalog(zh, en);
