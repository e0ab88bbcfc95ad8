import { catalog } from './catalog';
import en from './en/words';
import zh from './zh-CN/words';

export const t = catalog(zh, en);
