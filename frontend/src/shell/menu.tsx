import {
  ApartmentOutlined,
  ApiOutlined,
  AuditOutlined,
  BarChartOutlined,
  CalendarOutlined,
  DashboardOutlined,
  DesktopOutlined,
  EditOutlined,
  FieldTimeOutlined,
  FileDoneOutlined,
  HeartOutlined,
  HomeOutlined,
  IdcardOutlined,
  KeyOutlined,
  LineChartOutlined,
  MessageOutlined,
  NodeIndexOutlined,
  PhoneOutlined,
  QrcodeOutlined,
  ReadOutlined,
  SaveOutlined,
  ScheduleOutlined,
  SettingOutlined,
  SolutionOutlined,
  TeamOutlined,
  ToolOutlined,
  UsergroupAddOutlined,
  UserSwitchOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { can } from '@/access/can';
import type { Permission } from '@/api/client';
import { t as desk } from '@/locales/service_desk';
import { t } from '@/locales/shell';

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
  {
    to: '/',
    label: () => t('nav.workbench'),
    icon: <HomeOutlined />,
    group: 'today',
    words: '首页 home today',
  },
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
    to: '/reception-log',
    label: () => desk('nav.reception_log'),
    icon: <ReadOutlined />,
    group: 'service_desk',
    permissions: ['case.manage', 'case.decide'],
    words: '日志 登记簿 day book',
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
    to: '/repair-statistics',
    label: () => desk('nav.repair_statistics'),
    icon: <LineChartOutlined />,
    group: 'service_desk',
    permissions: ['repair.read'],
    words: '及时率 满意率 报表 figures',
  },
  {
    to: '/repair-categories',
    label: () => desk('nav.repair_categories'),
    icon: <FieldTimeOutlined />,
    group: 'service_desk',
    permissions: ['order.dispatch', 'category.edit'],
    words: '响应 完工 时限 limits',
  },
  {
    to: '/org',
    label: () => t('nav.chart'),
    icon: <ApartmentOutlined />,
    group: 'org',
    permissions: ['org.read'],
    words: '组织机构图 tree',
  },
  {
    to: '/org/posts',
    label: () => t('nav.posts'),
    icon: <IdcardOutlined />,
    group: 'org',
    permissions: ['org.read'],
    words: '编制 空缺 headcount vacancy',
  },
  {
    to: '/org/employees',
    label: () => t('nav.employees'),
    icon: <TeamOutlined />,
    group: 'org',
    permissions: ['org.read'],
    words: '人员 同事 staff',
  },
  {
    to: '/org/assignments',
    label: () => t('nav.assignments'),
    icon: <SolutionOutlined />,
    group: 'org',
    permissions: ['org.read'],
    words: '任命 批准 appointment',
  },
  {
    to: '/org/edges',
    label: () => t('nav.edges'),
    icon: <NodeIndexOutlined />,
    group: 'org',
    permissions: ['org.read'],
    words: '上级 下级 superior',
  },
  {
    to: '/org/squads',
    label: () => t('nav.squads'),
    icon: <UsergroupAddOutlined />,
    group: 'org',
    permissions: ['org.read'],
    words: '班 squad',
  },
  {
    to: '/acting',
    label: () => t('nav.acting'),
    icon: <UserSwitchOutlined />,
    group: 'org',
    permissions: ['acting.read'],
    words: '代理 代为履行 stand-in deputy',
  },
  {
    to: '/roster',
    label: () => t('nav.roster'),
    icon: <ScheduleOutlined />,
    group: 'org',
    permissions: ['roster.read'],
    words: '班次 值班 shifts',
  },
  {
    to: '/absences',
    label: () => t('nav.absences'),
    icon: <CalendarOutlined />,
    group: 'org',
    permissions: ['roster.read'],
    words: '休假 病假 leave sick',
  },
  {
    to: '/accounts',
    label: () => t('nav.accounts'),
    icon: <KeyOutlined />,
    group: 'system',
    permissions: ['account.read'],
    words: '用户 密码 password login',
  },
  {
    to: '/computers',
    label: () => t('nav.computers'),
    icon: <DesktopOutlined />,
    group: 'system',
    permissions: ['computer.read'],
    words: '电脑 PC',
  },
  {
    to: '/data-checks',
    label: () => t('nav.checks'),
    icon: <FileDoneOutlined />,
    group: 'system',
    permissions: ['data_check.read'],
    words: '核对 check',
  },
  {
    to: '/data-corrections',
    label: () => t('nav.corrections'),
    icon: <EditOutlined />,
    group: 'system',
    permissions: ['data_check.read'],
    words: '更正 correction',
  },
  {
    to: '/backups',
    label: () => t('nav.backups'),
    icon: <SaveOutlined />,
    group: 'system',
    permissions: ['data_check.read'],
    words: '备份 backup',
  },
  {
    to: '/services',
    label: () => t('nav.services'),
    icon: <ApiOutlined />,
    group: 'system',
    permissions: ['service.manage'],
    words: '令牌 token api',
  },
  {
    to: '/settings',
    label: () => t('nav.settings'),
    icon: <SettingOutlined />,
    group: 'system',
    permissions: ['setting.read'],
    words: '时限 limits',
  },
  {
    to: '/audit',
    label: () => t('nav.audit'),
    icon: <AuditOutlined />,
    group: 'system',
    permissions: ['audit.read'],
    words: '日志 log trail',
  },
];

/** The entries that the signed-in person may open. */
export const myEntries = () =>
  entries.filter((entry) => !entry.permissions || entry.permissions.some(can));
