import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { DutiesScreen } from '@/plans/duties/phone/DutiesScreen';

export const Route = createFileRoute('/_m/m/duties')({
  beforeLoad: needs('duty.read'),
  component: DutiesScreen,
});
