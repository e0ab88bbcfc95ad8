import { catalog } from './catalog';
import en from './en/base';
import zh from './zh-CN/base';

export const t = catalog(zh, en);
