import {
  ApiOutlined,
  AuditOutlined,
  BarChartOutlined,
  DashboardOutlined,
  FileDoneOutlined,
  HeartOutlined,
  MessageOutlined,
  PhoneOutlined,
  QrcodeOutlined,
  SettingOutlined,
  TeamOutlined,
  ToolOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { can } from '@/access/can';
import type { Permission } from '@/api/client';
import { t as desk } from '@/locales/service_desk';
import { t } from '@/locales/shell';
import { t as system } from '@/locales/system';

/** A screen in the side menu and in the header's search. */
export interface MenuEntry {
  /** Address, also the key. */
  to: string;
  /** Already in the person's language: a function, because the language can change. */
  label: () => string;
  icon?: ReactNode;
  group: Group;
  /** Any one of these; none means everybody. */
  permissions?: readonly Permission[];
  /** Further words under which the search finds it. */
  words?: string;
}

/** The groups in the order of the menu; their texts are `group.<name>` in shell. */
export const groups = [
  'today',
  'service_desk',
  'estate',
  'org',
  'goals',
  'manual',
  'security',
  'environment',
  'engineering',
  'materials',
  'finance',
  'parking',
  'hr',
  'community',
  'audit',
  'system',
] as const;
export type Group = (typeof groups)[number];

/** One line per screen, in the order of the menu. */
export const entries: MenuEntry[] = [
  { to: '/', label: () => t('nav.workbench'), group: 'today', words: '首页 home today' },
  {
    to: '/repairs',
    label: () => desk('nav.repairs'),
    icon: <ToolOutlined />,
    group: 'service_desk',
    permissions: ['repair.read'],
    words: '维修 报事 intake',
  },
  {
    to: '/work-orders',
    label: () => desk('nav.orders'),
    icon: <FileDoneOutlined />,
    group: 'service_desk',
    permissions: ['repair.read'],
    words: '派工 核验 dispatch',
  },
  {
    to: '/cases',
    label: () => desk('nav.cases'),
    icon: <MessageOutlined />,
    group: 'service_desk',
    permissions: ['case.read'],
    words: '投诉 表扬 咨询 complaint',
  },
  {
    to: '/case-statistics',
    label: () => desk('nav.case_statistics'),
    icon: <BarChartOutlined />,
    group: 'service_desk',
    permissions: ['case.read'],
    words: '报表 chart',
  },
  {
    to: '/visits',
    label: () => desk('nav.visits'),
    icon: <PhoneOutlined />,
    group: 'service_desk',
    permissions: ['visit.read'],
    words: '满意度 satisfaction',
  },
  {
    to: '/disputes',
    label: () => desk('nav.disputes'),
    icon: <TeamOutlined />,
    group: 'service_desk',
    permissions: ['dispute.read'],
    words: '调解 mediation',
  },
  {
    to: '/resident-reports',
    label: () => desk('nav.reports'),
    icon: <QrcodeOutlined />,
    group: 'service_desk',
    permissions: ['report.triage'],
    words: '二维码 扫码 qr',
  },
  {
    to: '/assistance',
    label: () => desk('nav.assistance'),
    icon: <HeartOutlined />,
    group: 'service_desk',
    permissions: ['assistance.read'],
    words: '帮助 便民 help',
  },
  {
    to: '/workload',
    label: () => desk('nav.workload'),
    icon: <DashboardOutlined />,
    group: 'service_desk',
    permissions: ['order.dispatch'],
    words: '派工 均衡 load',
  },
  {
    to: '/services',
    label: () => system('nav.services'),
    icon: <ApiOutlined />,
    group: 'system',
    permissions: ['service.manage'],
    words: '令牌 token api',
  },
  {
    to: '/settings',
    label: () => system('nav.settings'),
    icon: <SettingOutlined />,
    group: 'system',
    permissions: ['setting.read'],
    words: '时限 limits',
  },
  {
    to: '/audit',
    label: () => system('nav.audit'),
    icon: <AuditOutlined />,
    group: 'system',
    permissions: ['audit.read'],
    words: '日志 log trail',
  },
];

/** The entries that the signed-in person may open. */
export const myEntries = () =>
  entries.filter((entry) => !entry.permissions || entry.permissions.some(can));
