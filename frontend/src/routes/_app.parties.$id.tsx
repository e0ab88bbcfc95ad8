import { createFileRoute } from '@tanstack/react-router';
import { needs } from '@/access/guard';
import { PartyPage } from '@/owners/parties/PartyPage';

export const Route = createFileRoute('/_app/parties/$id')({
  beforeLoad: needs('party.read'),
  component: () => <PartyPage {...Route.useParams()} />,
});
