import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { ReceptionLogPage } from '@/service_desk/reception/ReceptionLogPage';

export const Route = createFileRoute('/_app/reception-log')({
  beforeLoad: needs('case.manage', 'case.decide'),
  component: ReceptionLogPage,
});
