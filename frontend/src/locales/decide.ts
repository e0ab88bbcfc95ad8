import { catalog } from './catalog';
import zh from './zh-CN/decide';

export const t = catalog('decide', zh);
