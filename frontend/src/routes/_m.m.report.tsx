import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { ReportScreen } from '@/service_desk/phone/ReportScreen';

export const Route = createFileRoute('/_m/m/report')({
  beforeLoad: needs('repair.create', 'case.create'),
  component: ReportScreen,
});
