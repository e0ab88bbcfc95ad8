import { catalog } from './catalog';
import zh from './zh-CN/system';

export const t = catalog('system', zh);
