import { catalog } from './catalog';
import en from './en/imports';
import zh from './zh-CN/imports';

export const t = catalog(zh, en);
