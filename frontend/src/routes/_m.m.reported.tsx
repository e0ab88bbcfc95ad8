import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { ReportedScreen } from '@/service_desk/phone/ReportedScreen';

export const Route = createFileRoute('/_m/m/reported')({
  beforeLoad: needs('repair.read', 'case.read'),
  component: ReportedScreen,
});
