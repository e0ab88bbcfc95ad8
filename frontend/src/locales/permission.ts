import { catalog } from './catalog';
import zh from './zh-CN/permission';

export const t = catalog('permission', zh);
