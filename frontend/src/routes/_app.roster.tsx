import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { RosterPage } from '@/org/RosterPage';

export const Route = createFileRoute('/_app/roster')({
  beforeLoad: needs('roster.read'),
  component: RosterPage,
});
