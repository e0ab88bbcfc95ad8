import { catalog } from './catalog';
import en from './en/pass_on';
import zh from './zh-CN/pass_on';

export const t = catalog(zh, en);
