import { catalog } from './catalog';
import en from './en/report';
import zh from './zh-CN/report';

export const t = catalog(zh, en);
