import { catalog } from './catalog';
import en from './en/workbench';
import zh from './zh-CN/workbench';

export const t = catalog(zh, en);
