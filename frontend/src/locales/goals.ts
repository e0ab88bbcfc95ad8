import { catalog } from './catalog';
import en from './en/goals';
import zh from './zh-CN/goals';

export const t = catalog(zh, en);
