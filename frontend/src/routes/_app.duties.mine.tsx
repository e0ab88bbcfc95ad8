import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { MyDutiesPage } from '@/plans/duties/MyDutiesPage';

export const Route = createFileRoute('/_app/duties/mine')({
  beforeLoad: needs('duty.read'),
  component: MyDutiesPage,
});
