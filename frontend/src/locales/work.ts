import { catalog } from './catalog';
import en from './en/work';
import zh from './zh-CN/work';

export const t = catalog(zh, en);
