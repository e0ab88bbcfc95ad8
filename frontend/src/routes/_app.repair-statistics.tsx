import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { RepairStatisticsPage } from '@/service_desk/orders/RepairStatisticsPage';

export const Route = createFileRoute('/_app/repair-statistics')({
  beforeLoad: needs('repair.read'),
  component: RepairStatisticsPage,
});
